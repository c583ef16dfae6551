package io.maskwire.tests.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.exchange.seal.PemFile;
import io.maskwire.exchange.seal.SealKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/** Session tokens that only a gateway whose clock is wrong would give. */
final class Tokens {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Tokens() {}

  /** The same token with another end, signed by the same gateway. */
  static String expiringAt(TestStack stack, String token, Instant end)
      throws IOException, GeneralSecurityException {
    String[] parts = token.split("\\.", -1);
    ObjectNode claims = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
    claims.put("iat", end.minusSeconds(900).getEpochSecond()).put("exp", end.getEpochSecond());
    String signed = parts[0] + "." + base64(JSON.writeValueAsBytes(claims));
    String key =
        DomainAccess.settings(stack.settings("gateway"))
            .getProperty("maskwire.gateway.signing-key");
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(SealKeys.privateKey(PemFile.read(Path.of(key), "signing key")));
    signature.update(signed.getBytes(US_ASCII));
    return signed + "." + base64(signature.sign());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
