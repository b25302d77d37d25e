# Builds each municipality by itself, in parallel, then the pages outside them.
#
#   make -j8 -f docs/parts.mk CONTENT=content SITE=site
#
# A municipality is a folder of the content that holds a strategy, or folders of strategies. Its part is a complete small
# site; SITE links to its own folder alone, next to the output of the portal.

SHIRUBE ?= shirube
CONTENT ?= content
PARTS ?= parts
SITE ?= site

STRATEGIES := $(wildcard $(CONTENT)/*/strategy.toml $(CONTENT)/*/*/strategy.toml)
UNITS := $(sort $(foreach path,$(STRATEGIES:$(CONTENT)/%=%),$(firstword $(subst /, ,$(path)))))

.PHONY: site $(UNITS:%=part-%)

site: $(UNITS:%=part-%)
	$(SHIRUBE) build --content $(CONTENT) --portal $(PARTS) --output $(SITE)

$(UNITS:%=part-%): part-%:
	$(SHIRUBE) build --content $(CONTENT) --strategy $* --output $(PARTS)/$*
	mkdir -p $(SITE)
	ln -sfn $(abspath $(PARTS))/$*/$* $(SITE)/$*
