/// Whether the documentation still says what the programs do.
@NullMarked
package org.nutjvm.docs;

import org.jspecify.annotations.NullMarked;
