/// Manual pages: read from the Markdown in docs/man, checked, and written as roff for man(1).
@NullMarked
package org.nutjvm.packaging.man;

import org.jspecify.annotations.NullMarked;
