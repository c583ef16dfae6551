package io.maskwire.crypto.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.prg.Label;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.crypto.wire.VersionKey;
import io.maskwire.crypto.wire.WeightsCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Bytes that exist outside of a process never change under one format version: programs, keys,
 * messages and all that is derived from seeds. When one is changed on purpose, raise the format's
 * version; what this test computes is then in target/serialized-forms.txt.
 */
class SerializedFormTest {
  private static final String FROZEN = "serialized-forms.txt";
  private static final HexFormat HEX = HexFormat.of();

  private final List<String> forms = new ArrayList<>();
  private final InProcess run =
      new InProcess(EveryGate.program(), EveryGate.weights(), length -> seed(length, 5));

  @Test
  void forms_everyFormat_isFrozen() throws IOException {
    putSeeds();
    putProgram();
    putVersion();
    putSession();
    Files.write(Path.of("target", FROZEN), forms);
    Files.writeString(
        Path.of("target", "program.hex"), HEX.formatHex(ProgramCodec.encode(run.program)) + "\n");
    assertThat(forms).containsExactlyElementsOf(frozen());
  }

  @Test
  void decode_frozenProgramAndSeeds_giveTheSameObjects() throws IOException {
    byte[] file = HEX.parseHex(resource("program.hex").strip());
    assertThat(ProgramCodec.decode(file)).isEqualTo(EveryGate.program());
    assertThat(ProgramCodec.idOf(file)).isEqualTo(run.id);
    MaskSeeds seeds = MaskSeeds.decode(frozenBytes("maskSeeds"));
    assertThat(seeds).isEqualTo(run.deal().seeds());
    for (VersionKey.Reader reader : VersionKey.Reader.values()) {
      assertThat(VersionKey.decode(frozenBytes("versionKey." + reader), reader, run.id))
          .isEqualTo(versionKey(reader));
    }
    var weights = new ByteArrayInputStream(frozenBytes("weights"));
    List<RingTensor> read =
        WeightsCodec.read(weights, WeightsCodec.Kind.CLEAR, run.program, run.id);
    for (int i = 0; i < read.size(); i++) {
      BitWidth width = run.program.weights().get(i).width();
      assertThat(read.get(i).equalsModulo(EveryGate.weights().get(i), width)).isTrue();
    }
  }

  private void putSeeds() {
    for (int length : new int[] {Seed.BYTES, Seed.ROOT_BYTES}) {
      Seed seed = seed(length, 1);
      for (Label.Purpose purpose : Label.Purpose.values()) {
        Seed derived = seed.derive(new Label(purpose, 7, 2));
        put("derive.%d.%s".formatted(length, purpose), derived.toBytes());
      }
    }
    for (int width : new int[] {1, 7, 16, 24, 36, 57, 63, 64}) {
      for (int from : new int[] {0, 128}) {
        long[] values = seed(Seed.BYTES, 2).expand().values(from, 5, BitWidth.of(width));
        String hex = Arrays.stream(values).mapToObj(HEX::toHexDigits).collect(Collectors.joining());
        forms.add("expand.%d.%d %s".formatted(width, from, hex));
      }
    }
  }

  private void putProgram() {
    // The id is the digest of the body. The file's bytes depend on the deflater, which may change.
    put("programId", run.id.toBytes());
    assertThat(ProgramCodec.idOf(ProgramCodec.encode(run.program))).isEqualTo(run.id);
  }

  private void putVersion() throws IOException {
    for (VersionKey.Reader reader : VersionKey.Reader.values()) {
      put("versionKey." + reader, versionKey(reader).encode());
    }
    put("weights", weights(WeightsCodec.Kind.CLEAR, run.weights));
    VersionSeeds version = new VersionSeeds(seed(Seed.BYTES, 3), seed(Seed.BYTES, 4));
    List<RingTensor> masked = Owner.maskWeights(run.program, run.weights, version);
    put("maskedWeights", weights(WeightsCodec.Kind.MASKED, masked));
  }

  private VersionKey versionKey(VersionKey.Reader reader) {
    List<Seed> seeds = List.of(seed(Seed.BYTES, 3), seed(Seed.BYTES, 4));
    return new VersionKey(
        run.id,
        reader,
        switch (reader) {
          case OWNER -> seeds;
          case PARTY_0 -> seeds.subList(0, 1);
          case PARTY_1 -> seeds.subList(1, 2);
        });
  }

  private byte[] weights(WeightsCodec.Kind kind, List<RingTensor> weights) throws IOException {
    var bytes = new ByteArrayOutputStream();
    WeightsCodec.write(bytes, kind, run.program, run.id, weights);
    return bytes.toByteArray();
  }

  private void putSession() {
    InProcess.Keys keys = run.deal();
    putDigest("common", keys.common());
    put("party0", keys.party0());
    putDigest("party1", keys.party1());
    put("maskSeeds", keys.seeds().encode());
    InProcess.Run messages = run.run(keys, EveryGate.input(3, -11));
    put("maskedInput", messages.input().encode(run.program));
    for (int round = 0; round < messages.zero().size(); round++) {
      put("message0." + round, messages.zero().get(round).encode());
      put("message1." + round, messages.one().get(round).encode());
    }
    RoundMessage zero = messages.zero().getLast();
    List<RingTensor> result =
        new User(run.program, run.id, keys.seeds()).unmask(zero, messages.one().getLast());
    for (int i = 0; i < result.size(); i++) {
      forms.add("result.%d %s".formatted(i, Arrays.toString(result.get(i).values())));
    }
  }

  private void put(String name, byte[] bytes) {
    forms.add(name + " " + HEX.formatHex(bytes));
  }

  /** Length, digest and beginning of what is too long to be listed. */
  private void putDigest(String name, byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      forms.add(
          "%s %d bytes, SHA-256 %s, %s..."
              .formatted(name, bytes.length, HEX.formatHex(digest), HEX.formatHex(bytes, 0, 160)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Seed seed(int length, int first) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (first * 16 + i);
    }
    return Seed.copyOf(bytes);
  }

  private static List<String> frozen() throws IOException {
    return resource(FROZEN).lines().toList();
  }

  private static String resource(String name) throws IOException {
    try (var stream =
        Objects.requireNonNull(SerializedFormTest.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static byte[] frozenBytes(String name) throws IOException {
    String prefix = name + " ";
    return frozen().stream()
        .filter(form -> form.startsWith(prefix))
        .map(form -> HEX.parseHex(form.substring(prefix.length())))
        .findFirst()
        .orElseThrow();
  }
}
