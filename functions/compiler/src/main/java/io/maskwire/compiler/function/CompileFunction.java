package io.maskwire.compiler.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.ModelUploaded;
import io.micrometer.core.annotation.Timed;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import java.nio.charset.StandardCharsets;

/** Compiles a model when it is uploaded: the event comes over HTTP. */
public class CompileFunction {
  private final ModelPublisher publisher;

  CompileFunction(ModelPublisher publisher) {
    this.publisher = publisher;
  }

  /** Answers with the version that was published, or fails as {@link CompileFailures} says. */
  @Funq("compile")
  @CloudEventMapping(
      trigger = EventType.MODEL_UPLOADED,
      responseSource = "/maskwire/compiler",
      responseType = EventType.MODEL_PUBLISHED)
  @Timed("maskwire.compile")
  public JsonNode compile(JsonNode uploaded) {
    byte[] data = uploaded.toString().getBytes(StandardCharsets.UTF_8);
    return publisher.publish(ModelUploaded.fromJson(data)).toJson().tree();
  }
}
