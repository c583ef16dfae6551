package io.maskwire.exchange.store;

import io.maskwire.crypto.protocol.Role;

/** Containers, each in the storage account of one trust domain. */
public enum Container {
  /** The owner's models and calibration inputs, in clear. */
  ONNX("onnx", Domain.OWNER),
  /**
   * Published: {@code MODEL/VERSION/program.bin, program.txt, stripped.onnx, manifest.json}; {@code
   * retired.json} if it is no longer offered.
   */
  MODELS("models", Domain.OWNER),
  /** {@code MODEL/VERSION/weights.bin}, masked, for both parties and not for the dealer. */
  MASKED_WEIGHTS("masked-weights", Domain.OWNER),
  /** {@code MODEL/VERSION/version.bin, SESSION.bin} for party 0. */
  KEYS_PARTY0("keys-party0", Domain.OWNER),
  /** Party 0's logs of sessions. */
  STATE_PARTY0("state-party0", Domain.OWNER),
  /** Large payloads for party 1. */
  CLAIMS_TO_PARTY1("claims-to-party1", Domain.OWNER),
  /** Large result shares of party 0. */
  CLAIMS_RESULTS("claims-results", Domain.OWNER),
  /** Masked inputs, sealed for both parties, by session. */
  INPUTS("inputs", Domain.USER),
  /** Sealed result shares: {@code SESSION/0, SESSION/1}. */
  RESULTS("results", Domain.USER),
  /** The gateway's records of sessions. */
  SESSIONS("sessions", Domain.USER),
  /** {@code MODEL/VERSION/version.bin, SESSION.bin} for party 1. */
  KEYS_PARTY1("keys-party1", Domain.USER),
  /** Party 1's logs of sessions. */
  STATE_PARTY1("state-party1", Domain.USER),
  /** Large payloads for party 0. */
  CLAIMS_TO_PARTY0("claims-to-party0", Domain.USER),
  /** {@code MODEL/VERSION/SESSION.bin}: what both parties need of a session's keys. */
  KEYS_COMMON("keys-common", Domain.DEALER),
  /** {@code MODEL/VERSION/SESSION.bin}: seeds of input and output masks; the dealer's alone. */
  MASKS("masks", Domain.DEALER),
  /** {@code MODEL/VERSION/version.bin}: both halves of the weights' mask; the dealer's alone. */
  VAULT("vault", Domain.DEALER);

  /** Trust domains. */
  public enum Domain {
    /** Compiler and party 0. */
    OWNER("owner"),
    /** Gateway and party 1. */
    USER("user"),
    /** Dealer. */
    DEALER("dealer");

    private final String account;

    Domain(String account) {
      this.account = account;
    }

    /** Name of its storage account and of its Kafka principal. */
    public String account() {
      return account;
    }
  }

  private final String container;
  private final Domain domain;

  Container(String container, Domain domain) {
    this.container = container;
    this.domain = domain;
  }

  /** The container's name. */
  public String container() {
    return container;
  }

  /** Whose account it is in. */
  public Domain domain() {
    return domain;
  }

  /** A party's own keys. */
  public static Container keysOf(Role role) {
    return role == Role.PARTY_0 ? KEYS_PARTY0 : KEYS_PARTY1;
  }

  /** A party's logs. */
  public static Container stateOf(Role role) {
    return role == Role.PARTY_0 ? STATE_PARTY0 : STATE_PARTY1;
  }

  /** Where large round messages for {@code receiver} are. */
  public static Container claimsTo(Role receiver) {
    return receiver == Role.PARTY_0 ? CLAIMS_TO_PARTY0 : CLAIMS_TO_PARTY1;
  }

  /** Where a party puts a large result share. Party 1 is in the user's domain already. */
  public static Container claimsOfResult(Role sender) {
    return sender == Role.PARTY_0 ? CLAIMS_RESULTS : RESULTS;
  }
}
