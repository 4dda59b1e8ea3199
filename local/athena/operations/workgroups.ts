/** The operations on workgroups. */
import type {
  GetWorkGroupOutput,
  ListWorkGroupsOutput,
  WorkGroup,
  WorkGroupSummary,
} from '@aws-sdk/client-athena';
import * as v from 'valibot';
import { ENGINES, type Engine, type WorkgroupRecord } from '../store/workgroup.js';
import { isJsonObject, type JsonObject, type OnWire } from '../wire/json.js';
import { pageAfter, pageToken, positionIn } from '../wire/page-token.js';
import { epochSeconds } from '../wire/protocol.js';
import { invalidRequest } from '../wire/service-error.js';
import { anyStructure, patternedText, structure, text, whole } from '../wire/shape.js';
import { defineOperation } from './define-operation.js';
import { checkedTags, tagList } from './tags.js';

export const workgroupName = patternedText('[a-zA-Z0-9._-]{1,128}');

const PAGE_SIZE = 50;

export const workgroupOperations = {
  ListWorkGroups: defineOperation(
    structure({ NextToken: v.optional(text(1, 1024)), MaxResults: v.optional(whole(1, 50), PAGE_SIZE) }),
    (store, { NextToken, MaxResults }): OnWire<ListWorkGroupsOutput> => {
      const listing = `${store.account}/${store.region}/ListWorkGroups`;
      const after = NextToken === undefined ? undefined : positionIn(listing, NextToken);
      const page = pageAfter(store.workgroups(), ({ name }) => name, after, MaxResults);
      return {
        WorkGroups: page.items.map(summaryOf),
        NextToken: page.next === undefined ? undefined : pageToken(listing, page.next),
      };
    },
  ),

  GetWorkGroup: defineOperation(
    structure({ WorkGroup: workgroupName }),
    (store, { WorkGroup }): OnWire<GetWorkGroupOutput> => ({
      WorkGroup: detailOf(store.workgroup(WorkGroup)),
    }),
  ),

  CreateWorkGroup: defineOperation(
    structure({
      Name: workgroupName,
      Description: v.optional(text(0, 1024)),
      Configuration: v.optional(anyStructure),
      Tags: v.optional(tagList),
    }),
    (store, { Name, Description, Configuration = {}, Tags = [] }) => {
      const tags = Object.fromEntries(checkedTags(new Map(), Tags));
      const engine = selectedEngine(Configuration.EngineVersion);
      store.addWorkgroup({
        name: Name,
        engine,
        description: Description,
        tags,
        configuration: Configuration,
      });
      return {};
    },
  ),
};

/** @throws ServiceError InvalidRequestException for an engine that is not on offer. */
function selectedEngine(engineVersion: unknown): Engine | 'AUTO' {
  const selected = isJsonObject(engineVersion) ? (engineVersion.SelectedEngineVersion ?? 'AUTO') : 'AUTO';
  const engine = selected === 'AUTO' ? 'AUTO' : ENGINES.find((known) => known === selected);
  if (engine === undefined) {
    throw invalidRequest(`Engine version ${JSON.stringify(selected)} is not supported.`);
  }
  return engine;
}

function summaryOf(workgroup: WorkgroupRecord): OnWire<WorkGroupSummary> {
  return {
    Name: workgroup.name,
    State: workgroup.state,
    Description: workgroup.description,
    CreationTime: epochSeconds(workgroup.createdAt),
    EngineVersion: engineOf(workgroup),
  };
}

function detailOf(workgroup: WorkgroupRecord): OnWire<WorkGroup> {
  return {
    Name: workgroup.name,
    State: workgroup.state,
    Description: workgroup.description,
    CreationTime: epochSeconds(workgroup.createdAt),
    Configuration: { ...workgroup.configuration, EngineVersion: engineOf(workgroup) },
  };
}

function engineOf({ selectedEngine, effectiveEngine, engineShown }: WorkgroupRecord): JsonObject | undefined {
  if (engineShown === 'none') return undefined;
  if (engineShown === 'selected') return { SelectedEngineVersion: selectedEngine };
  return { SelectedEngineVersion: selectedEngine, EffectiveEngineVersion: effectiveEngine };
}
