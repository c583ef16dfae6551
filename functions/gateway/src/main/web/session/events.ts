import { UserError } from "../user-error.ts";

/** The gateway writes something every 15 seconds; a connection that is silent for longer is dead. */
const SILENCE_MILLIS = 45_000;

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
      const { done, value } = await audible(reader.read()).catch(() => {
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

function audible<T>(read: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, SILENCE_MILLIS);
    read.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
