package io.maskwire.compiler.function;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** How the compiler is configured. */
@ConfigMapping(prefix = "maskwire.compiler")
public interface CompilerConfig {
  /** The owner's private key, PEM (PKCS #8, P-256): signs the tokens that the dealer asks for. */
  Path ownerKey();

  /** Where the dealer is. */
  URI dealerUrl();

  /** Versions of a model that stay published: when another one comes, older ones are retired. */
  @WithDefault("3")
  int keepVersions();

  /** Uploads of the console that may wait to be compiled; more are told to come again. */
  @WithDefault("8")
  int waitingUploads();

  /** How long a compilation may take: an upload without an outcome is given up after it. */
  @WithDefault("PT15M")
  Duration compileLimit();
}
