package io.maskwire.party;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.party.fixture.LayeredProgram;
import io.maskwire.party.fixture.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** With traces on, what an event causes belongs to its trace; the headers on the broker say so. */
@QuarkusTest
@TestProfile(PartyTracesTest.TracesOn.class)
@WithTestResource(StageResource.class)
@SuppressWarnings("NullAway.Init") // the resource sets the stage
class PartyTracesTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  Stage stage;

  /** Spans are made and passed on, but sent nowhere. */
  public static final class TracesOn implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.otel.sdk.disabled", "false", "quarkus.otel.traces.exporter", "none");
    }
  }

  @Test
  void events_ofATrace_causeMessagesAndAResultOfThatTrace() {
    LayeredProgram network = LayeredProgram.classifier(new SplittableRandom(7));
    World.Model model = stage.world().publish(network.program(), network.weights());
    World.Session session = stage.world().deal(model);
    RingTensor input = network.randomInput();
    try (Counterpart counterpart = new Counterpart(stage)) {
      counterpart.trace("00-%s-%s-01".formatted(TRACE, SPAN));
      counterpart.upload(session, input);
      counterpart.beginPartyOne(session);

      assertThat(counterpart.finish(session, 0)).containsExactly(model.plaintext(input));

      assertThat(counterpart.count(record -> isOfTheTrace(record, session)))
          .isEqualTo(model.rounds() + 1);
    }
  }

  private static boolean isOfTheTrace(
      ConsumerRecord<String, byte[]> record, World.Session session) {
    String parent = Counterpart.header(record, Counterpart.TRACE_PARENT);
    return record.key().equals(session.id().toString())
        && parent.startsWith("00-" + TRACE + "-")
        && !parent.contains(SPAN);
  }
}
