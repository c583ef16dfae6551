package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.WeightTensor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** r_W for the dealer: kept between sessions if all of it fits, else expanded for each layer. */
final class WeightMasks {
  private final Program program;
  private final VersionSeeds seeds;
  private final boolean caching;
  private final Map<Integer, long[]> cache = new ConcurrentHashMap<>();

  WeightMasks(Program program, VersionSeeds seeds, long mostCached) {
    this.program = program;
    this.seeds = seeds;
    caching = program.weights().stream().mapToLong(WeightTensor::count).sum() <= mostCached;
  }

  long[] get(int index) {
    return caching ? cache.computeIfAbsent(index, this::expand) : expand(index);
  }

  private long[] expand(int index) {
    return seeds.mask(index, program.weights().get(index));
  }
}
