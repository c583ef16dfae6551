package io.maskwire.crypto.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.RoundMessage;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MessagePlanTest {

  @Test
  void payloadBytes_anyProgram_areThoseOfItsMessages() {
    for (int seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomProgram generated = new RandomProgram(random, 12);
      InProcess run = new InProcess(generated.program(), generated.weights(), random);
      List<RingTensor> inputs = List.of(generated.randomInput());
      InProcess.Run messages = run.run(run.deal(), inputs);
      MessagePlan plan = new MessagePlan(generated.program());

      assertThat(plan.messages()).as("seed %d", seed).isEqualTo(messages.zero().size());
      long total = 0;
      for (int i = 0; i < plan.messages(); i++) {
        RoundMessage zero = messages.zero().get(i);
        RoundMessage one = messages.one().get(i);
        assertThat(plan.payloadBytes(i))
            .as("seed %d, message %d", seed, i)
            .isEqualTo(zero.payload().length)
            .isEqualTo(one.payload().length);
        total += zero.encode().length + one.encode().length;
      }
      assertThat(plan.totalBytes()).as("seed %d", seed).isEqualTo(total);
    }
  }
}
