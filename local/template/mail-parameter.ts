/** The parameter for an e-mail address, beside those that the settings have. */
import { AWS_PATTERNS } from '../../lib/config/keys/values.js';
import { type Template, theOnly } from './template.js';

/** The address that stands for the parameter's; `.invalid` is nobody's. */
export const MAIL_PLACEHOLDER = 'parameter@template.invalid';

const { email } = AWS_PATTERNS;

/** Has the subscription of the placeholder be that of the parameter, and none where the parameter is empty. */
export function withMailParameter(template: Template): Template {
  const { id, resource } = theOnly(
    template,
    'AWS::SNS::Subscription',
    ({ Endpoint }) => Endpoint === MAIL_PLACEHOLDER,
  );
  const { [id]: _, ...others } = template.Resources;
  const subscription = {
    ...resource,
    Condition: 'HasMail',
    Properties: { ...resource.Properties, Endpoint: { Ref: 'Mail' } },
  };
  return {
    ...template,
    Parameters: {
      ...template.Parameters,
      Mail: {
        Type: 'String',
        Description: 'One more address for alarms and digests, or nothing; it must confirm the subscription',
        Default: '',
        AllowedPattern: `^$|${email.regex.source}`,
        ConstraintDescription: `nothing, or ${email.allowed}`,
      },
    },
    Conditions: { ...template.Conditions, HasMail: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Mail' }, ''] }] } },
    Resources: { ...others, MailSubscription: subscription },
  };
}
