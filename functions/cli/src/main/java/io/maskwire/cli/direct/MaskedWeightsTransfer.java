package io.maskwire.cli.direct;

import io.maskwire.crypto.execution.Channel;
import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The masked weights from party 0 to party 1, unless party 1 has them from an earlier session:
 * party 0 sends their SHA-256, party 1 answers whether it needs them.
 */
final class MaskedWeightsTransfer {
  private static final byte[] HAVE = {0};
  private static final byte[] NEED = {1};

  private MaskedWeightsTransfer() {}

  /**
   * Sends {@code weights} if the peer wants them.
   *
   * @return their SHA-256
   */
  static byte[] send(Channel channel, byte[] weights) {
    byte[] hash = Sha256.of(weights);
    channel.send(hash);
    byte[] answer = channel.receive(1);
    if (Arrays.equals(answer, NEED)) {
      channel.send(weights);
    } else if (!Arrays.equals(answer, HAVE)) {
      throw new ProtocolException(
          ErrorCode.MALFORMED, "the peer neither has nor wants the masked weights");
    }
    return hash;
  }

  /**
   * What party 1 computes with.
   *
   * @param bytes encoded
   * @param hash their SHA-256
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  record Received(byte[] bytes, byte[] hash) {}

  /**
   * The weights, from {@code cache} if it holds the right ones, else from the peer.
   *
   * @param bytes their size
   */
  static Received receive(Channel channel, Path cache, long bytes) throws IOException {
    byte[] hash = channel.receive(32);
    if (Files.exists(cache)) {
      byte[] cached = Files.readAllBytes(cache);
      if (MessageDigest.isEqual(hash, Sha256.of(cached))) {
        channel.send(HAVE);
        return new Received(cached, hash);
      }
    }
    channel.send(NEED);
    byte[] weights = channel.receive(bytes);
    if (!MessageDigest.isEqual(hash, Sha256.of(weights))) {
      throw new ProtocolException(
          ErrorCode.MALFORMED, "the masked weights are not those that the peer announced");
    }
    Path folder = cache.toAbsolutePath().resolveSibling("");
    Path written = Files.createTempFile(folder, ".weights-", "");
    Files.write(written, weights);
    Files.move(written, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new Received(weights, hash);
  }
}
