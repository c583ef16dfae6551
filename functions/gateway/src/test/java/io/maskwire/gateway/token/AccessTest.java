package io.maskwire.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.gateway.Audit;
import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import io.maskwire.gateway.session.SessionRecord;
import io.maskwire.operations.AuditEntry;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessTest {
  private static final SessionId SESSION = new SessionId(new byte[16]);

  private final SessionTokens tokens = new SessionTokens(SigningKey.ofPem(pem(pair())));
  private final List<AuditEntry> refusals = new ArrayList<>();
  private final Access access = new Access(tokens, new Audit(refusals::add));

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
        .formatted(Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded()));
  }

  private static SessionRecord record(Instant opened) {
    return new SessionRecord(
        SESSION,
        "opening",
        new ModelVersionName("fmri", "a".repeat(32)),
        3,
        10,
        new byte[65],
        opened,
        opened.plus(Duration.ofMinutes(10)));
  }

  private String token() {
    return tokens.issue(record(Instant.now()));
  }

  private void assertRefused(String id, @Nullable String authorization, Problem problem) {
    assertThatThrownBy(() -> access.require(id, authorization))
        .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
        .extracting(ProblemException::problem)
        .isEqualTo(problem);
    assertThat(refusals).last().extracting(AuditEntry::reason).isEqualTo(problem.code());
  }

  @Test
  void ofPem_manyKeys_findsTheirPublicKeys() {
    for (int i = 0; i < 20; i++) {
      KeyPair pair = pair();
      assertThat(SigningKey.ofPem(pem(pair)).publicKey()).isEqualTo(pair.getPublic());
    }
  }

  @Test
  void require_ownToken_isLetIn() {
    assertThat(access.require(SESSION.toString(), "Bearer " + token())).isEqualTo(SESSION);
    assertThat(refusals).isEmpty();
  }

  @Test
  void issue_claims_areThoseThatTheDealerReads() {
    String claims =
        new String(
            Base64.getUrlDecoder().decode(token().split("\\.", -1)[1]), StandardCharsets.UTF_8);
    assertThat(claims)
        .contains("\"iss\":\"maskwire-gateway\"")
        .contains("maskwire-dealer")
        .contains("\"sub\":\"" + SESSION + "\"")
        .contains("\"model\":\"fmri\"")
        .contains("\"version\":\"" + "a".repeat(32) + "\"");
  }

  @Test
  void require_noToken_isRefused() {
    assertRefused(SESSION.toString(), null, Problem.NO_TOKEN);
    assertRefused(SESSION.toString(), "Basic abc", Problem.NO_TOKEN);
  }

  @Test
  void require_garbledToken_isRefused() {
    String token = token();
    assertRefused(SESSION.toString(), "Bearer ", Problem.BAD_TOKEN);
    assertRefused(SESSION.toString(), "Bearer abc", Problem.BAD_TOKEN);
    assertRefused(
        SESSION.toString(), "Bearer " + token.substring(0, token.length() - 10), Problem.BAD_TOKEN);
    String[] parts = token.split("\\.", -1);
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    assertRefused(SESSION.toString(), "Bearer " + none + "." + parts[1] + ".", Problem.BAD_TOKEN);
  }

  @Test
  void require_expiredToken_isRefused() {
    Instant old = Instant.now().minus(Duration.ofSeconds(602));
    assertRefused(SESSION.toString(), "Bearer " + tokens.issue(record(old)), Problem.BAD_TOKEN);
  }

  @Test
  void require_tokenOfAnotherKey_isRefused() {
    SessionTokens others = new SessionTokens(SigningKey.ofPem(pem(pair())));
    assertRefused(
        SESSION.toString(), "Bearer " + others.issue(record(Instant.now())), Problem.BAD_TOKEN);
  }

  @Test
  void require_tokenOfAnotherSession_isRefused() {
    assertRefused("f".repeat(32), "Bearer " + token(), Problem.FOREIGN_TOKEN);
    assertRefused("../" + SESSION, "Bearer " + token(), Problem.FOREIGN_TOKEN);
    assertThat(refusals).extracting(AuditEntry::detail).noneMatch(text -> text.contains("ey"));
  }
}
