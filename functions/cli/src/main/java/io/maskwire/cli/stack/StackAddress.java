package io.maskwire.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maskwire.cli.gateway.OwnerClient;
import io.maskwire.exchange.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Where a local stack is, as it says itself in {@code stack.json}.
 *
 * @param data its folder
 * @param gateway what users talk to
 * @param compiler what the owner talks to
 * @param dealer where masks and the dealer's metrics are
 * @param onnx address of the owner's container, with the right to write
 */
public record StackAddress(Path data, URI gateway, URI compiler, URI dealer, String onnx) {
  /** In the stack's data folder. */
  public static final String FILE = "stack.json";

  /** Reads the file of the stack in {@code data}. */
  public static StackAddress read(Path data) throws IOException {
    JsonNode json = new ObjectMapper().readTree(data.resolve(FILE).toFile());
    return new StackAddress(
        data,
        URI.create(json.path("gateway").asText()),
        URI.create(json.path("compiler").asText()),
        URI.create(json.path("dealer").asText()),
        json.path("onnx").asText());
  }

  /** A client with the owner's rights. */
  public OwnerClient owner() {
    return new OwnerClient(compiler, Stores.open(onnx));
  }

  @Override
  public String toString() {
    return "StackAddress[" + gateway + "]";
  }
}
