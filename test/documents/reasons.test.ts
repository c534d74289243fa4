import { expect, test } from '@jest/globals';
import { reasons } from '../../src/documents/reasons.ts';

test.each(Object.entries(reasons))(
  '%s is told in Chinese, and a union is only ever asked politely',
  (_, { forStaff, forUnion }) => {
    expect(forStaff).toMatch(/^[\p{Script=Han}，、（）／ zip]+$/u);
    expect(forUnion ?? '请').toMatch(/^请/);
  },
);

test.each(['timed_out', 'out_of_memory', 'crashed', 'unsupported'] as const)(
  '%s asks nothing of the union',
  (reason) => {
    expect(reasons[reason].forUnion).toBeNull();
  },
);
