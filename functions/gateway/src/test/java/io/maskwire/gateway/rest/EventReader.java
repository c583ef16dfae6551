package io.maskwire.gateway.rest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.stream.Stream;

/** Reads server-sent events, one after the other. */
final class EventReader implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Stream<String> lines;
  private final Iterator<String> next;

  EventReader(URI address, String token) throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response =
        client.send(
            HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token).build(),
            HttpResponse.BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    lines = response.body();
    next = lines.iterator();
  }

  /** The next event: its name and data; "end" after the last. */
  String next() {
    String name = "";
    while (next.hasNext()) {
      String line = next.next();
      if (line.startsWith("event:")) {
        name = line.substring("event:".length()).strip();
      } else if (line.startsWith("data:")) {
        return name + " " + line.substring("data:".length()).strip();
      }
    }
    return "end";
  }

  /** Waits for a comment. */
  boolean hasComment() {
    while (next.hasNext()) {
      if (next.next().startsWith(":")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    lines.close();
    client.shutdownNow();
  }
}
