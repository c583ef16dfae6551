package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.ir.Wire;
import java.util.HashMap;
import java.util.Map;

/**
 * Values of wires for as long as a later step reads them, so that an interpreter holds a layer or
 * two of a deep model and not all of it.
 *
 * @param <V> what an interpreter keeps for a wire
 */
final class LiveWires<V> {
  private final Map<Integer, V> values = new HashMap<>();
  private final Map<Integer, Integer> lastReaders = new HashMap<>();

  /** Values of the wires of {@code program}; outputs live to the end. */
  LiveWires(Program program, Schedule schedule) {
    for (var group : schedule.groups()) {
      for (Schedule.Scheduled scheduled : group) {
        Gate gate = scheduled.step().gate();
        gate.inputs().forEach(wire -> lastReaders.put(wire.id(), scheduled.index()));
        gate.outputs().forEach(wire -> lastReaders.put(wire.id(), scheduled.index()));
      }
    }
    program.outputs().forEach(output -> lastReaders.put(output.wire().id(), Integer.MAX_VALUE));
  }

  V get(Wire wire) {
    V value = values.get(wire.id());
    if (value == null) {
      throw new IllegalStateException("wire " + wire.id() + " is read before it is computed");
    }
    return value;
  }

  void put(Wire wire, V value) {
    values.put(wire.id(), value);
  }

  /** Drops what nobody reads after step {@code index}. */
  void release(int index, Gate gate) {
    gate.inputs().forEach(wire -> release(index, wire));
    gate.outputs().forEach(wire -> release(index, wire));
  }

  private void release(int index, Wire wire) {
    if (lastReaders.getOrDefault(wire.id(), -1) == index) {
      values.remove(wire.id());
    }
  }
}
