package io.maskwire.compiler.function;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.nio.file.Path;

/** How the compiler is configured. */
@ConfigMapping(prefix = "maskwire.compiler")
public interface CompilerConfig {
  /** The owner's private key, PEM (PKCS #8, P-256): signs the tokens that the dealer asks for. */
  Path ownerKey();

  /** Where the dealer is. */
  URI dealerUrl();
}
