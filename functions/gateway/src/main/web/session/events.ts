import { UserError } from "../user-error.ts";

/** An event of a stream (HTML Living Standard, 9.2). */
export interface ServerEvent {
  readonly name: string;
  readonly data: string;
}

/**
 * Reads server-sent events. `EventSource` cannot send the session's token, so the stream is fetched.
 * Comments, which keep the connection open, are passed over.
 */
export async function* readEvents(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<ServerEvent> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let buffered = "";
  let name = "";
  let data = "";
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new UserError("connection");
      });
      if (done) {
        return;
      }
      const lines = (buffered + value).split(/\r\n|\n|\r(?!$)/);
      buffered = lines.pop() ?? "";
      for (const line of lines) {
        if (line.startsWith("event:")) {
          name = line.slice(6).trim();
        } else if (line.startsWith("data:")) {
          data += line.slice(5).trim();
        } else if (line === "") {
          if (name !== "") {
            yield { name, data };
          }
          name = "";
          data = "";
        }
      }
    }
  } finally {
    // The stream may have failed already, which cancelling it would report again.
    await reader.cancel().catch(() => undefined);
  }
}
