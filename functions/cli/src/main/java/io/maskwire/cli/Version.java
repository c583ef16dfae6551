package io.maskwire.cli;

import picocli.CommandLine.IVersionProvider;

/** Prints the version that the jar was built as. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "maskwire " + (version == null ? "development build" : version), "Java " + Runtime.version()
    };
  }
}
