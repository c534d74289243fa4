import { loadNotice } from '../../src/notice/load.ts';

/** The round as it stands in config/, read once a test file. */
export const notice = loadNotice('config', 'jiaozuo-craftsman-2018');
export const words = notice.words.values;
