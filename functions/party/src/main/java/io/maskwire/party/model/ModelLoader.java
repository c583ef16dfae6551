package io.maskwire.party.model;

import io.maskwire.crypto.execution.PartyModel;
import io.maskwire.crypto.execution.PartyWeights;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.VersionKey;
import io.maskwire.crypto.wire.WeightsCodec;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.party.blob.BlobStream;
import io.maskwire.party.blob.MissingBlobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Reads a model version: program, masked weights, and the seed of this party's half of their mask.
 *
 * @param role which party
 * @param models published programs
 * @param maskedWeights for both parties
 * @param keys the party's own
 */
public record ModelLoader(
    Role role, BlobContainer models, BlobContainer maskedWeights, BlobContainer keys) {

  /**
   * Reads {@code name}.
   *
   * @throws MissingBlobException if there is no such version
   * @throws io.maskwire.crypto.wire.ProtocolException if its files do not belong together
   */
  public PartyModel load(ModelVersionName name) {
    byte[] file = read(models, "program", name.blob("program.bin"));
    Program program = ProgramCodec.decode(file);
    ProgramId id = ProgramCodec.idOf(file);
    VersionKey.Reader reader =
        role == Role.PARTY_0 ? VersionKey.Reader.PARTY_0 : VersionKey.Reader.PARTY_1;
    byte[] version = read(keys, "version key", name.blob("version.bin"));
    Seed seed = VersionKey.decode(version, reader, id).seeds().getFirst();
    try {
      BlobStream weights = new BlobStream(maskedWeights, name.blob("weights.bin"));
      List<RingTensor> masked = WeightsCodec.read(weights, WeightsCodec.Kind.MASKED, program, id);
      return PartyModel.of(program, id, role, new PartyWeights(program, role, masked, seed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      seed.wipe();
    }
  }

  private static byte[] read(BlobContainer container, String what, String name) {
    return container.read(name).orElseThrow(() -> new MissingBlobException(what, name));
  }
}
