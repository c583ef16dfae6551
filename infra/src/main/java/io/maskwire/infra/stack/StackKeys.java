package io.maskwire.infra.stack;

import io.maskwire.exchange.seal.SealKeys;
import io.maskwire.infra.kept.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;

/**
 * Certificates of the parties, and the keys that sign tokens: made once, kept in a folder.
 *
 * @param folder where the files are
 */
record StackKeys(Path folder) {
  private static final String GATEWAY = "gateway";
  private static final String OWNER = "owner";

  /** The keys in {@code folder}, made if they are not there. */
  static StackKeys in(Path folder) {
    StackKeys keys = new StackKeys(PrivateFiles.folder(folder));
    for (int party = 0; party < 2; party++) {
      if (!Files.exists(keys.partyCertificate(party))) {
        PartyCertificate.make(
            "maskwire party " + party, keys.partyCertificate(party), keys.partyKey(party));
      }
    }
    for (String signer : new String[] {GATEWAY, OWNER}) {
      keys.makeSigner(signer);
    }
    return keys;
  }

  private void makeSigner(String signer) {
    if (!Files.exists(publicKey(signer))) {
      KeyPair pair = SealKeys.generate(new SecureRandom());
      PrivateFiles.write(privateKey(signer), Pem.of("PRIVATE KEY", pair.getPrivate().getEncoded()));
      PrivateFiles.write(publicKey(signer), Pem.of("PUBLIC KEY", pair.getPublic().getEncoded()));
    }
  }

  Path partyCertificate(int party) {
    return folder.resolve("party" + party + ".pem");
  }

  Path partyKey(int party) {
    return folder.resolve("party" + party + ".key");
  }

  /** Signs session tokens. */
  Path gatewayPrivateKey() {
    return privateKey(GATEWAY);
  }

  Path gatewayPublicKey() {
    return publicKey(GATEWAY);
  }

  /** Signs the owner's requests to the dealer. */
  Path ownerPrivateKey() {
    return privateKey(OWNER);
  }

  Path ownerPublicKey() {
    return publicKey(OWNER);
  }

  private Path privateKey(String signer) {
    return folder.resolve(signer + ".key");
  }

  private Path publicKey(String signer) {
    return folder.resolve(signer + ".pub");
  }
}
