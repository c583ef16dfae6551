package io.maskwire.compiler.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.VersionKey;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.seal.SealKeys;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import java.net.URI;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class HttpDealerTest {
  private final KeyPair owner = SealKeys.generate(new SecureRandom());
  private final ModelVersionName name = new ModelVersionName("tiny", "%032x".formatted(1));
  private final ProgramId program = new ProgramId(new byte[32]);

  @Test
  void register_goodAnswer_isTheOwnersKey() throws ParseException {
    try (FakeDealer dealer = new FakeDealer()) {
      byte[] key = new HttpDealer(dealer.address(), owner.getPrivate()).register(name, program);
      assertThat(VersionKey.decode(key, VersionKey.Reader.OWNER, program).seeds()).hasSize(2);
      assertThat(dealer.paths).containsExactly("POST /versions/" + name);
      JsonWebToken token = parse(dealer.authorizations.getFirst().substring("Bearer ".length()));
      assertThat(token.getSubject()).isEqualTo(name.toString());
      assertThat(token.getAudience()).containsExactly("maskwire-dealer");
      assertThat(Instant.ofEpochSecond(token.getExpirationTime()))
          .isBetween(Instant.now().plusSeconds(200), Instant.now().plusSeconds(301));
    }
  }

  private JsonWebToken parse(String token) throws ParseException {
    JWTAuthContextInfo context = new JWTAuthContextInfo(owner.getPublic(), "maskwire-owner");
    context.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
    return new DefaultJWTParser(context).parse(token);
  }

  @Test
  void register_refused_saysWhatTheDealerSaid() {
    try (FakeDealer dealer = new FakeDealer()) {
      dealer.status = 409;
      HttpDealer client = new HttpDealer(dealer.address(), owner.getPrivate());
      assertThatThrownBy(() -> client.register(name, program))
          .isInstanceOf(DealerException.class)
          .hasMessageContaining("409")
          .hasMessageContaining("other-program");
    }
  }

  @Test
  void register_nobodyThere_failsClearly() {
    FakeDealer gone = new FakeDealer();
    URI address = gone.address();
    gone.close();
    HttpDealer client = new HttpDealer(address, owner.getPrivate());
    assertThatThrownBy(() -> client.register(name, program))
        .isInstanceOf(DealerException.class)
        .hasMessageContaining("cannot be reached");
  }
}
