/**
 * The page of the gateway in a real browser, and its client library against the Java client. Read
 * {@link io.maskwire.tests.page.ClientVectorsIT}.
 */
@NullMarked
package io.maskwire.tests.page;

import org.jspecify.annotations.NullMarked;
