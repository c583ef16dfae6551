package io.maskwire.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads server-sent events (HTML Living Standard, 9.2) of one session. */
final class SessionEvents {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SessionEvents() {}

  /** How a stream of events ended. */
  sealed interface End {
    /**
     * The result is there.
     *
     * @param shares sealed, of party 0 and party 1, if they came along
     */
    record Completed(Optional<List<byte[]>> shares) implements End {}

    /** The session was given up. */
    record Expired() implements End {}

    /** The connection broke off. */
    record Lost() implements End {}
  }

  /**
   * Reads until the session or the stream ends.
   *
   * @param progress receives rounds that are over and all rounds
   */
  static End follow(InputStream stream, BiConsumer<Integer, Integer> progress) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      String event = "";
      StringBuilder data = new StringBuilder();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("event:")) {
          event = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        } else if (line.isEmpty()) {
          switch (event) {
            case "completed" -> {
              return new End.Completed(GatewayClient.shares(MAPPER.readTree(data.toString())));
            }
            case "expired", "failed" -> {
              return new End.Expired();
            }
            case "round" -> round(data.toString(), progress);
            default -> {
              // Comments keep the connection open; other events are for others.
            }
          }
          event = "";
          data.setLength(0);
        }
      }
      return new End.Lost();
    }
  }

  private static void round(String data, BiConsumer<Integer, Integer> progress) throws IOException {
    JsonNode json = MAPPER.readTree(data);
    progress.accept(json.path("round").asInt(), json.path("rounds").asInt());
  }
}
