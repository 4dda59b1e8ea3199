/**
 * A custom notification of Amazon Q Developer in chat applications, which shows it in Slack or Teams. The form is that
 * of its guide, https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html ("Event schema").
 */
export interface ChatMessage {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly content: {
    /** The only one that there is: the chat's own Markdown. */
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    readonly summary: string;
    readonly eventType: string;
  };
}
