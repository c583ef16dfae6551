package io.maskwire.crypto.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.RoundMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Memory that a session asks for beside its keys: a deep model's keys are gigabytes, and a copy of
 * them for each step of reading or writing is what most collections of garbage would be for.
 */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A number of slices that makes what is allocated once count little. */
  private static final int ELEMENTS = 16 * KeyPlan.SLICE;

  private final InProcess process =
      new InProcess(LargeSession.program(ELEMENTS), List.of(), new SplittableRandom(3));

  @Test
  void deal_manySlices_packsThemInTheSameMemory() throws IOException {
    var plan = new KeyPlan(process.program);
    var nowhere =
        new Dealer.Sinks(
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream());

    long before = THREADS.getCurrentThreadAllocatedBytes();
    process.dealer.deal(Seed.copyOf(new byte[Seed.ROOT_BYTES]), nowhere);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    // Roots, secrets and corrections of the slices; the sections themselves would double it.
    assertThat(allocated).isLessThan(plan.commonBytes() * 3 / 2);
  }

  @Test
  void begin_manySlices_readsThemInTheSameMemory() {
    var plan = new KeyPlan(process.program);
    InProcess.Keys keys = process.deal();
    PartySession session = process.session(Role.PARTY_1, keys);
    var input =
        new User(process.program, process.id, keys.seeds())
            .mask(List.of(RingTensor.takeOwnershipOf(new long[ELEMENTS])));

    long before = THREADS.getCurrentThreadAllocatedBytes();
    RoundMessage first = session.begin(input);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(first.payload()).isNotEmpty();
    assertThat(allocated).isLessThan(plan.commonBytes());
  }
}
