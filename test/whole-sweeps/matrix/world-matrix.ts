/** Athena as it may be, question by question, and what sweeps make of it. */
import type { WorldCase } from './world-case.js';
import { CLOCKS, ENDING, LISTING } from './worlds-of-calls.js';
import { INSTANTS, TAGS } from './worlds-of-evidence.js';

export const WORLD_MATRIX: readonly WorldCase[] = [...INSTANTS, ...TAGS, ...ENDING, ...LISTING, ...CLOCKS];
