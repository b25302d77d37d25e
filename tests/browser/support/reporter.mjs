// Test reporter: one line for each test with its diagnostics, the findings of failed tests, the reasons of skipped ones, and final counts.

export default async function * report(events) {
  let passed = 0
  let failed = 0
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
      failed += 1
      const { cause, message } = data.details.error
      const text = cause?.code === 'ERR_ASSERTION' ? cause.message : cause?.stack ?? message
      yield `${open}✗ ${data.name}\n${text === before ? '  as above' : text}`
      before = text
      open = '\n'
    } else if (type === 'test:diagnostic' && data.file) {
      yield open && `: ${data.message}`
    }
  }
  yield `${open}${passed} passed, ${failed} failed, ${skipped} skipped\n`
}
