/**
 * The owner's console: uploads that are compiled in the background, versions, reports, retirement,
 * stock and sessions per day, as REST under {@code /api} for the page beside it. Everything here is
 * for the owner of the models alone. Read {@link io.maskwire.compiler.console.ModelsResource}; then
 * {@link io.maskwire.compiler.console.Uploads}, which says what is stored where.
 */
@NullMarked
package io.maskwire.compiler.console;

import org.jspecify.annotations.NullMarked;
