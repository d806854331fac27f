@NullMarked
package org.nutjvm.tools.enumerator;

import org.jspecify.annotations.NullMarked;
