// What a bot sends, in the types that Slack publishes; schema.mjs turns them
// into JSON Schema.
import type { AnyBlock, HomeView, KnownBlock, MessageMetadata, ModalView } from '@slack/types';

type Known<T extends { blocks: AnyBlock[] }> = Omit<T, 'blocks'> & { blocks: KnownBlock[] };

// Message is the body of chat.postMessage, chat.update, chat.postEphemeral and
// of a response_url.
export interface Message {
  channel?: string;
  user?: string;
  ts?: string;
  thread_ts?: string;
  text?: string;
  blocks?: KnownBlock[];
  metadata?: MessageMetadata;
  response_type?: 'ephemeral' | 'in_channel';
  replace_original?: boolean;
  delete_original?: boolean;
  mrkdwn?: boolean;
  parse?: 'full' | 'none';
  link_names?: boolean;
  unfurl_links?: boolean;
  unfurl_media?: boolean;
}

export type Modal = Known<ModalView>;
export type Home = Known<HomeView>;
