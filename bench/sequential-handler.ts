import { AthenaClient } from '@aws-sdk/client-athena';
import { sequentialLoop } from './sequential-loop.js';

const client = new AthenaClient({});

export const handler = () => sequentialLoop(client, 30);
