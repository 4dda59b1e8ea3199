/** In the place of the client of STS, which only the sweep of an organization uses: what it adds to a load is then seen. */
export const STSClient = undefined;
export const AssumeRoleCommand = undefined;
