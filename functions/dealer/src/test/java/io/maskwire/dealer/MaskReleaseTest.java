package io.maskwire.dealer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.SessionId;
import io.smallrye.jwt.build.Jwt;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskReleaseTest {
  @TempDir private Path root = Path.of("");
  private final TinyModel model = new TinyModel("tiny", 1);
  private final Tokens gateway = new Tokens();
  private DealerWorld world;
  private MaskRelease release;
  private String session = "";

  private MaskRelease release(DealerWorld dealer) {
    return new MaskRelease(
        new TokenVerifier(TokenVerifier.GATEWAY, gateway.key.getPublic()), dealer.stock);
  }

  @BeforeEach
  void deal() {
    world = DealerWorld.withStock(root, 2);
    world.publish(model);
    world.fill(model.name);
    release = release(world);
    session = world.firstFree(model.name).toString();
  }

  private void assertRefused(Optional<String> header, Refusal.Reason reason) {
    assertThatThrownBy(() -> release.masks(session, header))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.reason()).isEqualTo(reason));
    assertThat(world.stock.free(model.name)).hasSize(2);
  }

  @Test
  void masks_tokenOfTheSession_givesItsSeedsAndBindsIt() {
    byte[] masks = release.masks(session, gateway.header(Tokens.session(session, model.name)));
    assertThat(MaskSeeds.decode(masks).session()).hasToString(session);
    assertThat(world.stock.free(model.name)).hasSize(1);
  }

  @Test
  void masks_noToken_refused() {
    assertRefused(Optional.empty(), Refusal.Reason.NO_TOKEN);
    assertRefused(Optional.of("Basic dXNlcg=="), Refusal.Reason.NO_TOKEN);
  }

  @Test
  void masks_expiredToken_refused() {
    assertRefused(
        gateway.header(
            Tokens.session(session, model.name)
                .issuedAt(Instant.now().minusSeconds(7200))
                .expiresAt(Instant.now().minusSeconds(3600))),
        Refusal.Reason.TOKEN_REFUSED);
  }

  @Test
  void masks_tokenForTheGatewayOnly_refused() {
    assertRefused(
        gateway.header(Tokens.session(session, model.name).audience("maskwire-gateway")),
        Refusal.Reason.FOREIGN_TOKEN);
  }

  @Test
  void masks_tokenOfAnotherSession_refused() {
    String other = world.stock.free(model.name).getLast().session().toString();
    assertRefused(gateway.header(Tokens.session(other, model.name)), Refusal.Reason.FOREIGN_TOKEN);
  }

  @Test
  void masks_tokenOfAnotherSigner_refused() {
    assertRefused(
        new Tokens().header(Tokens.session(session, model.name)), Refusal.Reason.TOKEN_REFUSED);
  }

  @Test
  void masks_tokenOfAnotherIssuer_refused() {
    assertRefused(
        gateway.header(Tokens.session(session, model.name).issuer(TokenVerifier.OWNER)),
        Refusal.Reason.TOKEN_REFUSED);
  }

  @Test
  void masks_unsignedOrDamagedToken_refused() {
    String header = base64("{\"alg\":\"none\"}");
    String claims =
        base64(
            "{\"iss\":\"maskwire-gateway\",\"sub\":\"%s\",\"aud\":\"maskwire-dealer\",\"exp\":%d}"
                .formatted(session, Instant.now().plusSeconds(60).getEpochSecond()));
    assertRefused(
        Optional.of("Bearer " + header + "." + claims + "."), Refusal.Reason.TOKEN_REFUSED);
    assertRefused(Optional.of("Bearer x.y.z"), Refusal.Reason.TOKEN_REFUSED);
    assertRefused(Optional.of("Bearer "), Refusal.Reason.TOKEN_REFUSED);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void masks_tokenWithoutModel_refused() {
    assertRefused(
        gateway.header(
            Jwt.issuer(TokenVerifier.GATEWAY)
                .subject(session)
                .audience(TokenVerifier.AUDIENCE)
                .expiresIn(60)),
        Refusal.Reason.TOKEN_REFUSED);
  }

  @Test
  void masks_sessionEnded_gone() {
    Optional<String> header = gateway.header(Tokens.session(session, model.name));
    release.masks(session, header);
    world.stock.end(model.name, new SessionId(java.util.HexFormat.of().parseHex(session)));
    assertThatThrownBy(() -> release.masks(session, header))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.reason()).isEqualTo(Refusal.Reason.SESSION_ENDED));
  }
}
