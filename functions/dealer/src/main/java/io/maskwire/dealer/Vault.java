package io.maskwire.dealer;

import io.maskwire.crypto.execution.VersionSeeds;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.VersionKey;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.store.BlobContainer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Seeds of the weights' masks, two halves per model version. Drawn once, by an atomic create; a
 * version never gets others, and never serves another program. Each party gets its half and no
 * other, the owner both.
 */
public final class Vault {
  private static final String FILE = "version.bin";

  private final BlobContainer vault;
  private final BlobContainer party0;
  private final BlobContainer party1;
  private final SecureRandom random;

  /**
   * The vault in a container of the dealer's alone.
   *
   * @param party0 party 0's keys, where the dealer may create only
   * @param party1 party 1's keys, likewise
   */
  public Vault(
      BlobContainer vault, BlobContainer party0, BlobContainer party1, SecureRandom random) {
    this.vault = vault;
    this.party0 = party0;
    this.party1 = party1;
    this.random = random;
  }

  /**
   * Registers a version: draws its seeds if it has none and gives each party its half. May be
   * repeated, after a crash for one, and returns the same.
   *
   * @return the owner's {@link VersionKey}: secret
   * @throws Refusal if the version is another program's
   */
  public byte[] register(ModelVersionName name, ProgramId program) {
    String blob = name.blob(FILE);
    byte[] key = vault.read(blob).orElseGet(() -> draw(blob, program));
    VersionSeeds seeds = decode(name, key, program);
    try {
      // False if it is there already, and then it is the same: the seeds never change.
      party0.create(blob, half(program, VersionKey.Reader.PARTY_0, seeds));
      party1.create(blob, half(program, VersionKey.Reader.PARTY_1, seeds));
    } finally {
      seeds.wipe();
    }
    return key;
  }

  /** Another dealer may have been faster: what is stored counts. */
  private byte[] draw(String blob, ProgramId program) {
    VersionSeeds seeds = VersionSeeds.random(random);
    try {
      List<Seed> both = List.of(seeds.party0(), seeds.party1());
      byte[] key = new VersionKey(program, VersionKey.Reader.OWNER, both).encode();
      return vault.create(blob, key) ? key : vault.read(blob).orElseThrow();
    } finally {
      seeds.wipe();
    }
  }

  private static byte[] half(ProgramId program, VersionKey.Reader reader, VersionSeeds seeds) {
    var seed = reader == VersionKey.Reader.PARTY_0 ? seeds.party0() : seeds.party1();
    return new VersionKey(program, reader, List.of(seed)).encode();
  }

  /**
   * The seeds of a registered version, to deal under; {@link VersionSeeds#wipe} them afterwards.
   *
   * @throws Refusal if the version is another program's
   */
  public Optional<VersionSeeds> seeds(ModelVersionName name, ProgramId program) {
    Optional<byte[]> key = vault.read(name.blob(FILE));
    Optional<VersionSeeds> seeds = key.map(bytes -> decode(name, bytes, program));
    key.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
    return seeds;
  }

  private static VersionSeeds decode(ModelVersionName name, byte[] key, ProgramId program) {
    try {
      var seeds = VersionKey.decode(key, VersionKey.Reader.OWNER, program).seeds();
      return new VersionSeeds(seeds.get(0), seeds.get(1));
    } catch (ProtocolException e) {
      if (e.code() == ErrorCode.WRONG_PROGRAM) {
        throw new Refusal(
            Refusal.Reason.OTHER_PROGRAM,
            "version %s is another program's: compile again, for a version of its own"
                .formatted(name),
            e);
      }
      throw e;
    }
  }
}
