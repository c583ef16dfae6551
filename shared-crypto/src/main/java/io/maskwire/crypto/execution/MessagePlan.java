package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.wire.RoundMessage;
import java.util.ArrayList;
import java.util.List;

/** How long each party's messages are: a function of the program alone, equal for both parties. */
public final class MessagePlan {
  private final List<Long> payloads = new ArrayList<>();

  /** The plan of {@code program}. */
  public MessagePlan(Program program) {
    Schedule schedule = Schedule.of(program);
    KeyPlan keys = new KeyPlan(program);
    for (int round = 0; round < schedule.rounds(); round++) {
      payloads.add(
          schedule.groups().get(round).stream()
              .filter(scheduled -> scheduled.step().gate().exchanges())
              .mapToLong(scheduled -> payloadBytes(scheduled, keys))
              .sum());
    }
    payloads.add(program.outputs().stream().mapToLong(output -> packedBytes(output.wire())).sum());
  }

  private static long packedBytes(Wire wire) {
    return wire.width().packedBytes(wire.count());
  }

  private static long payloadBytes(Schedule.Scheduled scheduled, KeyPlan keys) {
    Gate gate = scheduled.step().gate();
    if (gate instanceof Gate.Open open) {
      return packedBytes(open.output());
    }
    int bits = GateKeyLayouts.messageBits(gate);
    return keys.sections(scheduled.index()).stream()
        .mapToLong(section -> BitWidth.of(1).packedBytes(bits * section.slice().count()))
        .sum();
  }

  /** Messages that each party sends: its openings in the order of rounds, then its result share. */
  public int messages() {
    return payloads.size();
  }

  /** Payload of message {@code index}, in bytes. */
  public long payloadBytes(int index) {
    return payloads.get(index);
  }

  /** Length of all messages of both parties, in bytes. */
  public long totalBytes() {
    return 2 * payloads.stream().mapToLong(payload -> payload + RoundMessage.OVERHEAD).sum();
  }
}
