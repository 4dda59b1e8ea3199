/** The operations on calculations: code that runs in a session of PySpark engine 3. */
import {
  CalculationExecutionState,
  type CalculationSummary,
  type GetCalculationExecutionResponse,
  type GetCalculationExecutionStatusResponse,
  type ListCalculationExecutionsResponse,
  type StartCalculationExecutionResponse,
  type StopCalculationExecutionResponse,
} from '@aws-sdk/client-athena';
import * as v from 'valibot';
import {
  type Calculation,
  calculationState,
  calculationStatistics,
  calculationStatus,
} from '../store/calculation.js';
import type { RegionStore } from '../store/region-store.js';
import { type StoredSession, stateOf } from '../store/session.js';
import { hasCalculations } from '../store/workgroup.js';
import type { OnWire } from '../wire/json.js';
import { pageAfter, pageToken, positionIn } from '../wire/page-token.js';
import { invalidRequest, resourceNotFound } from '../wire/service-error.js';
import { oneOf, structure, text, whole } from '../wire/shape.js';
import { defineOperation } from './define-operation.js';

const PAGE_SIZE = 100;
const sessionId = text(1, 256);
const codeBlock = text(0, 68_000);
const byId = structure({ CalculationExecutionId: text(1, 36) });

const startRequest = structure({
  SessionId: sessionId,
  Description: v.optional(text(1, 1024)),
  CodeBlock: v.optional(codeBlock),
  CalculationConfiguration: v.optional(structure({ CodeBlock: v.optional(codeBlock) })),
  ClientRequestToken: v.optional(text(32, 128)),
});

const listRequest = structure({
  SessionId: sessionId,
  StateFilter: v.optional(oneOf(CalculationExecutionState)),
  MaxResults: v.optional(whole(1, 100), PAGE_SIZE),
  NextToken: v.optional(text(0, 2048)),
});

export const calculationOperations = {
  StartCalculationExecution: defineOperation(startRequest, start),

  GetCalculationExecution: defineOperation(
    byId,
    (store, { CalculationExecutionId }): OnWire<GetCalculationExecutionResponse> => {
      const calculation = find(store, CalculationExecutionId);
      const now = store.clock.now();
      return {
        ...summaryOf(calculation, now),
        SessionId: calculation.sessionId,
        Statistics: calculationStatistics(calculation, now),
      };
    },
  ),

  GetCalculationExecutionStatus: defineOperation(
    byId,
    (store, { CalculationExecutionId }): OnWire<GetCalculationExecutionStatusResponse> => {
      const calculation = find(store, CalculationExecutionId);
      const now = store.clock.now();
      return {
        Status: calculationStatus(calculation, now),
        Statistics: calculationStatistics(calculation, now),
      };
    },
  ),

  StopCalculationExecution: defineOperation(
    byId,
    (store, { CalculationExecutionId }): OnWire<StopCalculationExecutionResponse> => {
      const calculation = find(store, CalculationExecutionId);
      const now = store.clock.now();
      if (calculationState(calculation, now) === 'RUNNING') store.cancelCalculation(calculation);
      return { State: calculationState(calculation, now) };
    },
  ),

  ListCalculationExecutions: defineOperation(listRequest, list),
};

function start(
  store: RegionStore,
  { SessionId, Description, CodeBlock, CalculationConfiguration }: v.InferOutput<typeof startRequest>,
): OnWire<StartCalculationExecutionResponse> {
  const session = sessionWithCalculations(store, SessionId);
  const code = CodeBlock ?? CalculationConfiguration?.CodeBlock;
  if (code === undefined) throw invalidRequest('CodeBlock is missing.');
  const state = stateOf(session, store.clock.now());
  if (state !== 'IDLE') throw invalidRequest(`Session ${SessionId} is ${state}; it has to be IDLE.`);
  const calculation = store.startCalculation(session, runTimeMs(code), Description);
  return { CalculationExecutionId: calculation.id, State: 'CREATING' };
}

/** The code is not run: it takes as long as it says it sleeps, and 5 seconds otherwise. */
function runTimeMs(code: string): number {
  const sleeps = [...code.matchAll(/sleep\((\d+(?:\.\d+)?)\)/g)].map(([, seconds]) => Number(seconds) * 1000);
  return sleeps.length === 0 ? 5_000 : sleeps.reduce((total, ms) => total + ms, 0);
}

function list(
  store: RegionStore,
  { SessionId, StateFilter, MaxResults, NextToken }: v.InferOutput<typeof listRequest>,
): OnWire<ListCalculationExecutionsResponse> {
  const now = store.clock.now();
  const calculations = sessionWithCalculations(store, SessionId)
    .calculations.filter((found) => StateFilter === undefined || calculationState(found, now) === StateFilter)
    .toReversed();
  const listing = `ListCalculationExecutions/${SessionId}/${StateFilter}`;
  const after = NextToken === undefined ? undefined : positionIn(listing, NextToken);
  const page = pageAfter(calculations, newestFirstKey, after, MaxResults);
  return {
    Calculations: page.items.map((calculation) => summaryOf(calculation, now)),
    NextToken: page.next === undefined ? undefined : pageToken(listing, page.next),
  };
}

function newestFirstKey({ order }: Calculation): string {
  return String(Number.MAX_SAFE_INTEGER - order);
}

/** @throws ServiceError InvalidRequestException for a session of an engine without calculations. */
function sessionWithCalculations(store: RegionStore, id: string): StoredSession {
  const session = store.session(id);
  if (!hasCalculations(store.workgroup(session.workGroup))) {
    throw invalidRequest(`${session.engineVersion} does not support calculations.`);
  }
  return session;
}

function find(store: RegionStore, id: string): Calculation {
  const calculation = store.calculations.get(id);
  if (calculation === undefined) throw resourceNotFound(`Calculation ${id} does not exist.`, id);
  return calculation;
}

function summaryOf(calculation: Calculation, now: number): OnWire<CalculationSummary> {
  return {
    CalculationExecutionId: calculation.id,
    Description: calculation.description,
    Status: calculationStatus(calculation, now),
  };
}
