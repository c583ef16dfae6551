package io.maskwire.dealer;

import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.JsonObject;
import java.util.Optional;

/** Hands the seeds of a version's mask to its owner. */
public final class Registration {
  private final TokenVerifier tokens;
  private final PublishedModels models;
  private final Vault vault;

  /** Registers versions in {@code vault} for tokens of the owner. */
  public Registration(TokenVerifier tokens, PublishedModels models, Vault vault) {
    this.tokens = tokens;
    this.models = models;
    this.vault = vault;
  }

  /**
   * Registers a version whose program is published already; repeated, returns the same.
   *
   * @param authorization the header of this name
   * @param body JSON with the {@code program}'s id
   * @return the owner's {@link io.maskwire.crypto.wire.VersionKey}: secret
   * @throws Refusal if the caller is not the owner, or the program another
   */
  public byte[] register(
      String model, String version, Optional<String> authorization, byte[] body) {
    TokenVerifier.Token token = tokens.verify(authorization);
    if (!token.subject().equals(model + "/" + version)) {
      throw new Refusal(Refusal.Reason.FOREIGN_TOKEN, "the token is of another version");
    }
    ModelVersionName name;
    ProgramId asked;
    try {
      name = new ModelVersionName(model, version);
      asked = new ProgramId(JsonObject.parse(body, "the request").bytes("program"));
    } catch (IllegalArgumentException e) {
      throw new Refusal(Refusal.Reason.MALFORMED, String.valueOf(e.getMessage()), e);
    }
    ProgramId published =
        models
            .program(name)
            .map(PublishedModels.Published::id)
            .orElseThrow(
                () ->
                    new Refusal(
                        Refusal.Reason.UNKNOWN_PROGRAM,
                        "publish program.bin of %s before it is registered".formatted(name)));
    if (!published.equals(asked)) {
      throw new Refusal(
          Refusal.Reason.OTHER_PROGRAM,
          "program.bin of %s is program %s, not %s".formatted(name, published, asked));
    }
    return vault.register(name, asked);
  }
}
