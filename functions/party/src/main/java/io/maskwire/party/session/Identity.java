package io.maskwire.party.session;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.exchange.seal.PairSeal;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;

/**
 * Who a party is.
 *
 * @param role fixed per deployment
 * @param own keys of its certificate
 * @param pair seals what it exchanges with the peer
 * @param random for sealing
 */
public record Identity(Role role, KeyPair own, PairSeal pair, SecureRandom random) {

  /** The party that has {@code own} and talks to the one that has {@code peer}. */
  public static Identity of(Role role, KeyPair own, ECPublicKey peer, SecureRandom random) {
    return new Identity(role, own, new PairSeal(own.getPrivate(), peer, random), random);
  }

  @Override
  public String toString() {
    return "Identity[" + role + "]";
  }
}
