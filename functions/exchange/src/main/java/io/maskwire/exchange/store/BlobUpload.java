package io.maskwire.exchange.store;

import java.io.IOException;
import java.io.OutputStream;

/** A blob that is being written: there after {@link #commit}, never there if closed before. */
public abstract class BlobUpload extends OutputStream {

  /**
   * Makes the blob appear.
   *
   * @return false, and nothing changed, if a blob of this name exists
   */
  public abstract boolean commit() throws IOException;
}
