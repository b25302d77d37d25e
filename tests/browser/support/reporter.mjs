// Test reporter: one line for each test with its diagnostics, the findings of failed tests, the reasons of skipped ones, final counts, and
// the names of failed tests again, so that the end of a log says what failed.

export default async function * report(events) {
  let passed = 0
  const failed = []
  let skipped = 0
  let open = ''
  let before = ''
  for await (const { type, data } of events) {
    if (type === 'test:pass' && data.skip !== undefined) {
      skipped += 1
      yield `${open}- ${data.name}: skipped, ${data.skip}`
      open = '\n'
    } else if (type === 'test:pass') {
      passed += 1
      yield `${open}✓ ${data.name}`
      open = '\n'
    } else if (type === 'test:fail') {
      failed.push(data.name)
      const { cause, message } = data.details.error
      const text = cause?.code === 'ERR_ASSERTION' ? cause.message : cause?.stack ?? message
      yield `${open}✗ ${data.name}\n${text === before ? '  as above' : text}`
      before = text
      open = '\n'
    } else if (type === 'test:diagnostic' && data.file) {
      yield open && `: ${data.message}`
    }
  }
  yield `${open}${passed} passed, ${failed.length} failed, ${skipped} skipped\n${failed.map(name => `failed: ${name}\n`).join('')}`
}
