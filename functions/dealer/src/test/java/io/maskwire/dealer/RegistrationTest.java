package io.maskwire.dealer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.VersionKey;
import io.maskwire.exchange.event.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationTest {
  @TempDir private Path root = Path.of("");
  private final TinyModel model = new TinyModel("tiny", 1);
  private final TinyModel other = new TinyModel("tiny", 2);
  private final Tokens owner = new Tokens();
  private DealerWorld world;
  private Registration registration;

  private Registration registration(DealerWorld dealer) {
    return new Registration(
        new TokenVerifier(TokenVerifier.OWNER, owner.key.getPublic()),
        dealer.published,
        dealer.vault);
  }

  @BeforeEach
  void publishProgram() {
    world = DealerWorld.withStock(root, 0);
    registration = registration(world);
    world.models.create(model.name.blob("program.bin"), ProgramCodec.encode(model.program));
  }

  private static byte[] body(ProgramId program) {
    return JsonObject.create().put("program", program.toBytes()).toBytes();
  }

  private byte[] register(TinyModel which, Optional<String> header, byte[] body) {
    return registration.register(which.name.model(), which.name.version(), header, body);
  }

  private void assertRefused(
      TinyModel which, Optional<String> header, byte[] body, Refusal.Reason reason) {
    assertThatThrownBy(() -> register(which, header, body))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.reason()).isEqualTo(reason));
    assertThat(world.vaultContainer.list("")).isEmpty();
  }

  @Test
  void register_ownersToken_givesBothSeedsAndTheSameAgain() {
    Optional<String> header = owner.header(Tokens.version(model.name));
    byte[] key = register(model, header, body(model.id));
    assertThat(VersionKey.decode(key, VersionKey.Reader.OWNER, model.id).seeds()).hasSize(2);
    assertThat(register(model, header, body(model.id))).isEqualTo(key);
  }

  @Test
  void register_noOrForeignToken_refused() {
    assertRefused(model, Optional.empty(), body(model.id), Refusal.Reason.NO_TOKEN);
    assertRefused(
        model,
        new Tokens().header(Tokens.version(model.name)),
        body(model.id),
        Refusal.Reason.TOKEN_REFUSED);
    assertRefused(
        model,
        owner.header(Tokens.version(other.name)),
        body(model.id),
        Refusal.Reason.FOREIGN_TOKEN);
    assertRefused(
        model,
        owner.header(Tokens.session(model.name.toString(), model.name)),
        body(model.id),
        Refusal.Reason.TOKEN_REFUSED);
  }

  @Test
  void register_anotherProgramThanPublished_refused() {
    assertRefused(
        model,
        owner.header(Tokens.version(model.name)),
        body(other.id),
        Refusal.Reason.OTHER_PROGRAM);
  }

  @Test
  void register_programNotPublished_refused() {
    assertRefused(
        other,
        owner.header(Tokens.version(other.name)),
        body(other.id),
        Refusal.Reason.UNKNOWN_PROGRAM);
  }

  @Test
  void register_programOfAnotherVersionUnderThisName_refused() {
    world.models.create(other.name.blob("program.bin"), ProgramCodec.encode(model.program));
    assertRefused(
        other,
        owner.header(Tokens.version(other.name)),
        body(model.id),
        Refusal.Reason.OTHER_PROGRAM);
  }

  @Test
  void register_malformedBody_refused() {
    Optional<String> header = owner.header(Tokens.version(model.name));
    for (String body :
        new String[] {"", "{}", "[]", "{\"program\":\"zz\"}", "{\"program\":\"00\"}"}) {
      assertRefused(model, header, body.getBytes(StandardCharsets.UTF_8), Refusal.Reason.MALFORMED);
    }
  }
}
