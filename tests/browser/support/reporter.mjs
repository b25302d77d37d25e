// One line for each test with what it looked at, the findings of the failed ones, and the count at the end.

export default async function * report(events) {
  let passed = 0
  let failed = 0
  let open = ''
  for await (const { type, data } of events) {
    if (type === 'test:pass') {
      passed += 1
      yield `${open}✓ ${data.name}`
      open = '\n'
    } else if (type === 'test:fail') {
      failed += 1
      const error = data.details.error
      yield `${open}✗ ${data.name}\n${error.cause?.code === 'ERR_ASSERTION' ? error.cause.message : error.cause?.stack ?? error.message}`
      open = '\n'
    } else if (type === 'test:diagnostic' && data.file) {
      yield open && `: ${data.message}`
    }
  }
  yield `${open}${passed} passed, ${failed} failed\n`
}
