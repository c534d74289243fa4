import { describe, expect, test } from '@jest/globals';
import type { Application, Finding } from '../../src/application/application.ts';
import { findingKey } from '../../src/review/finding-key.ts';
import { application } from '../support/applications.ts';

/** 推荐表.docx as it came first, and as the union sent it again under the same name. */
const withForm = (sha256: string): Application => {
  const one = application();
  const shares = one.shares.map((share) => ({
    ...share,
    materials: share.materials.map((each) => (each.file === '推荐表.docx' ? { ...each, sha256 } : each)),
  }));
  return { ...one, shares };
};

const blank: Finding = {
  code: 'field_blank',
  severity: 'blocking',
  requirement: 'recommendation_form',
  evidence: { file: '推荐表.docx', location: '表1第7行第2列', seen: null },
  forUnion: '请填写',
  forStaff: '为空',
  clause: '七（一）',
};
const key = findingKey(blank, withForm('first'));

test('is the same after a rerun, whatever the sentences and the severity are now', () => {
  const reworded = { ...blank, forUnion: '请补填', forStaff: '没有填', severity: 'advisory' as const, clause: '七' };
  expect(findingKey(reworded, withForm('first'))).toBe(key);
  expect(key).toMatch(/^[0-9a-f]{16}$/);
});

describe('is another', () => {
  const { evidence } = blank;
  test.each<[string, Finding, string]>([
    ['in a corrected file of the same name', blank, 'second'],
    ['at another place', { ...blank, evidence: { ...evidence, location: '表1第8行第2列' } }, 'first'],
    ['of another kind', { ...blank, code: 'wrong_form' }, 'first'],
    ['for another requirement', { ...blank, requirement: 'performance_sheet' }, 'first'],
    ['where something else was seen', { ...blank, evidence: { ...evidence, seen: '无' } }, 'first'],
    ['without a file', { ...blank, evidence: { ...evidence, file: null } }, 'first'],
  ])('%s', (_, finding, sha256) => {
    expect(findingKey(finding, withForm(sha256))).not.toBe(key);
  });
});
