/** What a screen's touches do: of its props those that are verbs, none of them left out. */
export type Verbs<Props> = { [K in keyof Props as K extends `on${string}` ? K : never]: NonNullable<Props[K]> };
