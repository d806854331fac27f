@NullMarked
package org.nutjvm.tools.nutconf;

import org.jspecify.annotations.NullMarked;
